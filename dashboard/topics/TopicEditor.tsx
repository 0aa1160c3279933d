import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { RefusedError } from '../api.ts';
import type { Apply, Topic } from '../api-topics.ts';
import { Field } from '../frame/Field.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useOneColumn } from '../frame/one-column.ts';
import { useTitle } from '../frame/title.ts';
import { streamAddress, topicAddress } from '../place.ts';
import { useWords } from '../words/Worded.tsx';
import { ApplyField, lookBack } from './ApplyField.tsx';
import { useTopicDraft } from './draft.ts';
import { Fresh } from './Fresh.tsx';
import { Preview, usePreview } from './Preview.tsx';
import { QuestionBuilder } from './QuestionBuilder.tsx';
import { isAskable, noRows, useQuestion } from './question.ts';
import { RunLine } from './RunLine.tsx';
import { Name, Settings } from './Settings.tsx';
import { StartTopic } from './StartTopic.tsx';
import { useSaving } from './saving.ts';
import { TopicActs } from './TopicActs.tsx';
import styles from './TopicEditor.module.css';
import { TopicKicker } from './TopicKicker.tsx';
import { Versions } from './Versions.tsx';

/** Makes or changes a topic: its question in words and as text, why it is there and, beside it, what it would bring. */
export function TopicEditor({ topic, onNotice }: { topic: Topic | null; onNotice: (notice: Notice) => void }) {
  const { topics, topicForm, topicActs, bring } = useWords();
  const [, navigate] = useLocation();
  const { draft, saved, isMine, isElse, isKept, change, follow, drop } = useTopicDraft(topic);
  const isNarrow = useOneColumn();
  const [apply, setApply] = useState<Apply>(lookBack);
  const question = useQuestion(draft.query, (query) => change({ query }));
  const canAsk = isAskable(question) && draft.sources?.length !== 0;
  const { preview, error, isNow, retry } = usePreview(
    canAsk ? { query: draft.query, sources: draft.sources, topicId: topic?.id ?? null } : null,
  );
  const saving = useSaving(topic, (now, given) => {
    drop();
    onNotice({ says: doneWords(topic, now, given.query, topics) });
    if (topic === null) navigate(topicAddress(now.id), { replace: true });
  });
  const problems = problemsOf(saving.error);
  if (saving.error instanceof RefusedError && saving.error.code === 'topic_exists')
    problems.name = saving.error.message;
  useTitle(topic ? null : topics.newTitle);
  const next = (topic?.version ?? 0) + 1;
  const isBehind = topic !== null && draft.base !== topic.version;
  // Without a question a topic is a draft; with one that is wrong it is nothing yet.
  const isWrong = !question.isBlank && !canAsk;
  const mayDo = isMine || topic === null;
  // Said before somebody wonders why the button does nothing; what is behind is said by itself.
  const lacks = !mayDo || isBehind ? null : isWrong ? 'query' : draft.name.trim() === '' ? 'name' : null;
  const canSave = mayDo && lacks === null && !saving.isPending && !isBehind;
  const isFilled = { 'legal-basis': draft.legalBasis !== null, query: canAsk };
  const restore = () => {
    saving.reset();
    onNotice({ says: topics.dropped, undo: drop() });
  };
  const side = (
    <aside className={styles.side} aria-label={bring.title}>
      <Preview
        preview={preview}
        isElse={isElse}
        error={error}
        isNow={isNow}
        onRetry={retry}
        nothing={question.isBlank ? 'blank' : isWrong && question.reading ? 'wrong' : null}
        rows={question.rows}
        topicId={topic?.id ?? null}
        onLeaveOut={(word) => {
          const rows = question.rows ?? noRows;
          question.putRows({ ...rows, not: [...rows.not, word] });
        }}
      >
        {topic && topic.precision.judged > 0 && <Precision of={topic.precision} />}
        {canAsk && <Fresh query={draft.query} chosen={draft.sources} />}
      </Preview>
    </aside>
  );
  return (
    <div className={`${styles.page} ${styles.beside}`}>
      <div className={styles.main}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (canSave) saving.mutate({ draft: { ...draft, name: draft.name.trim() }, saved, apply });
          }}
        >
          <header className={styles.head}>
            <TopicKicker topic={topic} colour={draft.colour} />
            <div className={styles.titleLine}>
              <h1 dir="auto">{draft.name.trim() || (topic ? topics.unnamed : topics.newTitle)}</h1>
              <div className={styles.buttons}>
                {isMine && (
                  <button type="button" className="button" onClick={restore}>
                    {topic === null || topic.version === 0 ? topics.dropNew : topics.restore(topic.version)}
                  </button>
                )}
                {topic && !isMine && topic.state !== 'draft' && (
                  <Link className="button" href={streamAddress({ topic: topic.id })}>
                    {topics.open}
                  </Link>
                )}
                {topic && !isMine && topic.state !== 'active' && <StartTopic topic={topic} onNotice={onNotice} />}
                {mayDo && (
                  <button
                    type="submit"
                    className="button primary"
                    disabled={!canSave}
                    aria-describedby={lacks ? 'topic-lacks' : undefined}
                  >
                    {saving.isPending
                      ? topics.saving
                      : topic === null
                        ? topics.make
                        : isElse
                          ? topics.save(next)
                          : topics.saveRest}
                  </button>
                )}
              </div>
            </div>
            {lacks && (
              <p id="topic-lacks" className={styles.note}>
                {lacks === 'query' && draft.sources?.length === 0 ? topicForm.chooseOne : topics.lacks[lacks]}
              </p>
            )}
            <div role="status">{isMine && <p className={styles.note}>{isKept ? topics.kept : topics.notKept}</p>}</div>
            {topic && topic.state !== 'active' && (
              <p id="topic-state" className={styles.note}>
                {topic.state === 'draft' ? topicActs.draft : topicActs.isPaused}{' '}
                {topic.missing.map((part) => (isFilled[part] ? topicActs.unsaved : topicActs.missing)[part]).join(' ')}
              </p>
            )}
            {topic?.broken && <p className={styles.behind}>{topics.brokenWhy}</p>}
            {isBehind && (
              <div role="alert" className={styles.behind}>
                <p>{topics.meanwhile(draft.base, topic.version)}</p>
                <p className={styles.buttons}>
                  <button type="button" className="button" onClick={follow}>
                    {topics.keepMine(next)}
                  </button>
                  <button type="button" className="button" onClick={restore}>
                    {topics.takeTheirs(topic.version)}
                  </button>
                </p>
              </div>
            )}
            {topic?.run && <RunLine topic={topic} run={topic.run} onNotice={onNotice} />}
            <FormProblem error={saving.error} />
          </header>
          {topic === null && (
            <div className={styles.firstName}>
              <Name draft={draft} problems={problems} onChange={change} />
            </div>
          )}
          <QuestionBuilder question={question} text={draft.query} />
          {isNarrow && side}
          <Settings
            draft={draft}
            isNamed={topic === null}
            problems={problems}
            owner={topic?.owner ?? null}
            onChange={change}
          />
          {topic && isElse && (
            <>
              {topic.state === 'active' && (
                <ApplyField
                  label={topicForm.from(next)}
                  apply={apply}
                  onChange={setApply}
                  would={(isNow && preview?.present) || undefined}
                />
              )}
              <div className={styles.noteField}>
                <Field
                  label={topicForm.note}
                  hint={topicForm.noteHint}
                  autoComplete="off"
                  maxLength={500}
                  value={draft.note}
                  onChange={(event) => change({ note: event.target.value })}
                />
              </div>
            </>
          )}
        </form>
        {topic && <TopicActs topic={topic} onNotice={onNotice} onRemoved={drop} />}
        {topic && <Versions topic={topic} onNotice={onNotice} onSaved={drop} />}
      </div>
      {!isNarrow && side}
    </div>
  );
}

/** How often what the topic found was right; too few judged says nothing yet. */
function Precision({ of: { judged, about, share, tooFewBelow } }: { of: Topic['precision'] }) {
  const { topics } = useWords();
  return (
    <p className={styles.note}>
      {share === null ? topics.tooFewOf(judged, tooFewBelow) : topics.rightWhy(about, judged)}
    </p>
  );
}

function doneWords(
  before: Topic | null,
  now: Topic,
  query: string,
  topics: ReturnType<typeof useWords>['topics'],
): string {
  if (before === null) return topics.made(now.name);
  return now.version > before.version && query.trim() !== '' ? topics.saved(now.version) : topics.savedRest;
}
