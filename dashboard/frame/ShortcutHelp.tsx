import { useRight } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './ShortcutHelp.module.css';

/** Every shortcut with what it does. */
export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { shortcuts, talk, desk } = useWords();
  const isColleague = useRight('colleague');
  const mayAnswer = useRight('desk');
  const mayReadFigures = useRight('figures');
  const mayManagePeople = useRight('people');
  const goes = (key: string, says: string): [string[], string] => [['g', key], says];
  const rows: [string[], string][] = [
    [['j'], shortcuts.next],
    [['k'], shortcuts.previous],
    [['Enter'], shortcuts.open],
    [['r'], talk.keyReply],
    ...(mayAnswer ? [[['c'], desk.keyTake] as [string[], string]] : []),
    [['e'], desk.keyDone],
    [['Ctrl', 'Enter'], talk.keyPlace],
    [['Esc'], shortcuts.close],
    [['n'], shortcuts.show],
    ...(isColleague
      ? ([
          [['f'], shortcuts.filter],
          [['/'], shortcuts.goSearch],
        ] as [string[], string][])
      : []),
    goes('s', shortcuts.goStream),
    ...(isColleague ? [goes('d', shortcuts.goDesk), goes('o', shortcuts.goTopics)] : []),
    ...(mayReadFigures ? [goes('c', shortcuts.goFigures)] : []),
    [['g', 'k'], shortcuts.goCircles],
    ...(isColleague ? [goes('b', shortcuts.goSources)] : []),
    ...(mayManagePeople ? [goes('m', shortcuts.goPeople)] : []),
    ...(isColleague ? [goes('t', shortcuts.goTips)] : []),
    goes('i', shortcuts.goInbox),
    goes('p', shortcuts.goMe),
    ...(isColleague ? [goes('n', shortcuts.goNew)] : []),
    [['?'], shortcuts.help],
  ];
  return (
    <Dialog title={shortcuts.title} onClose={onClose}>
      <dl className={styles.keys}>
        {rows.map(([keys, does]) => (
          <div key={does} className={styles.row}>
            <dt>
              {keys.map((key, index) => (
                <span key={key}>
                  {index > 0 && (keys[0] === 'Ctrl' ? ' + ' : ` ${shortcuts.andThen} `)}
                  <kbd>{key}</kbd>
                </span>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
