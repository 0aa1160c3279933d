import { Fragment, type ReactNode, useMemo } from 'react';
import { Link } from 'wouter';
import type { Reference } from '../api-talk.ts';
import { streamAddress } from '../place.ts';
import { useSourceName } from '../stream/source-name.ts';
import { useWords } from '../words/Worded.tsx';
import { type Inline, readPlainText } from './plain-text.ts';
import styles from './ReplyText.module.css';

/** What a colleague wrote: paragraphs, lists, quotes, links to the web, and what is referred to. */
export function ReplyText({ text, references }: { text: string; references: readonly Reference[] }) {
  const blocks = useMemo(() => readPlainText(text, references), [text, references]);
  return (
    <div className={styles.text} dir="auto">
      {blocks.map((block, index) => {
        const key = `${index}`;
        if (block.kind === 'cited') return <Cited key={key} reference={block.reference} />;
        if (block.kind === 'list')
          return (
            <ul key={key}>
              {block.items.map((item, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a text is drawn anew as a whole
                <li key={place}>
                  <Line pieces={item} />
                </li>
              ))}
            </ul>
          );
        const Tag = block.kind === 'quote' ? 'blockquote' : 'p';
        return (
          <Tag key={key}>
            <Lines lines={block.lines} />
          </Tag>
        );
      })}
    </div>
  );
}

function Lines({ lines }: { lines: Inline[][] }) {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text is drawn anew as a whole
    <Fragment key={index}>
      {index > 0 && <br />}
      <Line pieces={line} />
    </Fragment>
  ));
}

function Line({ pieces }: { pieces: Inline[] }): ReactNode[] {
  return pieces.map((piece, index) => {
    const key = `${index}`;
    if (piece.kind === 'text') return piece.text;
    if (piece.kind === 'reference') return <Referred key={key} reference={piece.reference} />;
    return (
      <a key={key} href={piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">
        {piece.text}
      </a>
    );
  });
}

/** A person, conversation or message in the middle of a sentence. */
function Referred({ reference }: { reference: Reference }) {
  const { talk, stream } = useWords();
  const sourceName = useSourceName();
  if (reference.kind === 'person') return <span className={styles.person}>@{reference.name}</span>;
  if (reference.kind === 'quote') return <Cited reference={reference} isInline />;
  const threadId = reference.kind === 'thread' ? reference.id : reference.threadId;
  if (threadId === null) return <span className={styles.gone}>[{talk.gone}]</span>;
  const source =
    reference.kind === 'mention' ? sourceName(reference.source === null ? null : { label: reference.source }) : null;
  const title = reference.title ?? (source === null ? stream.noTitle : talk.mention);
  return (
    <Link href={streamAddress({}, threadId)} className={styles.referred}>
      {source === null ? title : `${source}: ${title}`}
    </Link>
  );
}

/** Words of a message, as they are there now; when they are gone, that is what stands here. */
export function Cited(props: { reference: Extract<Reference, { kind: 'quote' }>; isInline?: boolean }) {
  const { reference, isInline = false } = props;
  const { talk } = useWords();
  const { text, source, threadId } = reference;
  const from = useSourceName()(source === null ? null : { label: source });
  const says = text ?? talk.quoteGone;
  if (isInline) return text === null ? <span className={styles.gone}>[{says}]</span> : <q>{says}</q>;
  return (
    <figure className={styles.cited}>
      <blockquote className={text === null ? styles.gone : undefined}>{says}</blockquote>
      {text !== null && (
        <figcaption>
          {threadId === null ? talk.cited(from) : <Link href={streamAddress({}, threadId)}>{talk.cited(from)}</Link>}
        </figcaption>
      )}
    </figure>
  );
}
