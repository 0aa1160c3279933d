import { useWords } from '../words/Worded.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './ShortcutHelp.module.css';

/** Every shortcut with what it does. */
export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { shortcuts } = useWords();
  const rows: [string[], string][] = [
    [['j'], shortcuts.next],
    [['k'], shortcuts.previous],
    [['Enter'], shortcuts.open],
    [['Esc'], shortcuts.close],
    [['n'], shortcuts.show],
    [['/'], shortcuts.filter],
    [['g', 's'], shortcuts.goStream],
    [['g', 'b'], shortcuts.goSources],
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
                  {index > 0 && ` ${shortcuts.andThen} `}
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
