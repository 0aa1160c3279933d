import { useMutation } from '@tanstack/react-query';
import { type Dispatch, type FormEvent, type SetStateAction, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { RefusedError } from '../api.ts';
import { giveTip, type Tip } from '../api-tips.ts';
import { Field } from '../frame/Field.tsx';
import { FormProblem, problemsOf } from '../frame/FormProblem.tsx';
import { TextField } from '../frame/TextField.tsx';
import { streamAddress, tipsAddress } from '../place.ts';
import { newRequestKey } from '../request-key.ts';
import { useMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import { isEmptyTip, isSameTip, keepTip, keptTip, type TipDraft } from './kept-tip.ts';
import { outcomeOf } from './queries.ts';
import { sharedIn } from './shared.ts';
import styles from './TipForm.module.css';

const nothing: TipDraft = { address: '', text: '', note: '' };

/** A link, a text, or both. What was typed stays until it is known that it arrived and could be taken in. */
export function TipForm({ onGiven }: { onGiven: () => void }) {
  const { tips: words } = useWords();
  const me = useMe();
  const [draft, setDraft] = useTipDraft(me.id);
  const [isLacking, setIsLacking] = useState(false);
  // The same words sent again are the same tip.
  const sent = useRef<{ says: string; key: string } | null>(null);
  const leaving = useRef(new AbortController());
  useEffect(() => {
    leaving.current = new AbortController();
    return () => leaving.current.abort();
  }, []);

  const giving = useMutation({
    mutationFn: async (given: TipDraft) => {
      const says = JSON.stringify(given);
      if (sent.current?.says !== says) sent.current = { says, key: newRequestKey() };
      const { address, text, note } = given;
      const json = { ...(address ? { address } : {}), ...(text ? { text } : {}), ...(note ? { note } : {}) };
      const tip = await giveTip(json, sent.current.key);
      onGiven();
      return await outcomeOf(tip, leaving.current.signal);
    },
    onSuccess: (tip, given) => {
      // Asked for again, a refused tip is a new one.
      sent.current = null;
      // What was typed on while we looked is the next tip.
      if (tip?.state !== 'refused') setDraft((now) => (isSameTip(now, given) ? nothing : now));
      onGiven();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = { address: draft.address.trim(), text: draft.text.trim(), note: draft.note.trim() };
    const lacks = given.address === '' && given.text === '';
    setIsLacking(lacks);
    if (lacks) giving.reset();
    else giving.mutate(given);
  };
  const put = (part: keyof TipDraft) => (event: { target: { value: string } }) => {
    setIsLacking(false);
    setDraft({ ...draft, [part]: event.target.value });
  };
  const { error } = giving;
  const problems = problemsOf(error);
  const addressProblem =
    error instanceof RefusedError && error.code === 'address_refused' ? (error.detail ?? undefined) : problems.address;
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      <FormProblem error={error} />
      <Field
        label={words.address}
        hint={words.addressHint}
        // Not type=url: what people paste is not always whole, and the server says so better.
        type="text"
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={2000}
        value={draft.address}
        onChange={put('address')}
        problem={isLacking ? words.nothing : addressProblem}
      />
      <TextField
        label={words.text}
        hint={words.textHint}
        rows={5}
        maxLength={20_000}
        value={draft.text}
        onChange={put('text')}
        problem={problems.text}
      />
      <TextField
        label={words.note}
        rows={2}
        maxLength={2000}
        value={draft.note}
        onChange={put('note')}
        problem={problems.note}
      />
      <p>
        <button type="submit" className="button primary" disabled={giving.isPending}>
          {giving.isPending ? words.submitting : words.submit}
        </button>
      </p>
      <div role="status">
        {giving.isPending && <p className={styles.note}>{words.looking}</p>}
        {giving.isSuccess && <Outcome tip={giving.data} isEmpty={isEmptyTip(draft)} />}
      </div>
    </form>
  );
}

/** What became of the tip that was just given; null while nobody knows yet. */
function Outcome({ tip, isEmpty }: { tip: Tip | null; isEmpty: boolean }) {
  const { tips: words } = useWords();
  if (tip === null) return <p className={styles.outcome}>{words.later}</p>;
  if (tip.state === 'refused')
    return (
      <p className={`${styles.outcome} ${styles.refused}`}>
        <strong>{words.became.refused}</strong> {tip.error} {!isEmpty && words.kept}
      </p>
    );
  return (
    <p className={styles.outcome}>
      {words.thanks} {words.became[tip.state]}{' '}
      {tip.threadId && <Link href={streamAddress({}, tip.threadId)}>{words.read}</Link>}
    </p>
  );
}

/** What is being typed, kept in this browser; what was shared from elsewhere is put into it once. */
function useTipDraft(personId: string): [TipDraft, Dispatch<SetStateAction<TipDraft>>] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const [draft, setDraft] = useState<TipDraft>(() => {
    const shared = sharedIn(search);
    const kept = keptTip(personId) ?? nothing;
    return shared.address || shared.text ? { ...shared, note: kept.note } : kept;
  });
  useEffect(() => keepTip(personId, draft), [personId, draft]);
  // From here on the draft is what counts: a reload must not bring back what was typed over.
  useEffect(() => {
    if (search !== '') navigate(tipsAddress, { replace: true });
  }, [search, navigate]);
  return [draft, setDraft];
}
