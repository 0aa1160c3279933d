import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { RefusedError } from '../api.ts';
import { openCircle } from '../api-circles.ts';
import { useTitle } from '../frame/title.ts';
import { circleAddress } from '../place.ts';
import { useMe } from '../session.ts';
import { useWords } from '../words/Worded.tsx';
import styles from './OpenCircle.module.css';
import { OpeningStep } from './OpeningStep.tsx';
import {
  emptyOpening,
  keepOpening,
  type Opening,
  readOpening,
  type Step,
  stepOf,
  steps,
  toNewCircle,
} from './opening.ts';
import { useCircleChanged } from './queries.ts';
import { whyNot } from './why-not.ts';

/** Opens a circle in five steps. What is filled in stays on this device until the circle is open. */
export function OpenCircle() {
  const words = useWords();
  const { circleForm: say } = words;
  const me = useMe();
  const [, navigate] = useLocation();
  const changed = useCircleChanged();
  const [opening, setOpening] = useState(() => readOpening(me));
  const [isKept, setIsKept] = useState(true);
  const [step, setStep] = useState<Step>('kind');
  const heading = useRef<HTMLHeadingElement>(null);
  const attempt = useRef<{ key: string; said: string } | null>(null);
  useTitle(say.title);
  // Every step is read from its head.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each step
  useEffect(() => heading.current?.focus(), [step]);
  const open = useMutation({
    mutationFn: async () => {
      const json = toNewCircle(opening);
      const said = JSON.stringify(json);
      // The same words are the same request, however often they are sent.
      if (attempt.current?.said !== said) attempt.current = { key: crypto.randomUUID(), said };
      return await openCircle(attempt.current.key, json);
    },
    onSuccess: (circle) => {
      keepOpening(me.id, null);
      changed(circle);
      navigate(circleAddress(circle.id), { replace: true });
    },
    onError: (error) => {
      const first = wrongIn(error)[0];
      if (first) setStep(stepOf(first.path));
    },
  });
  const wrong = wrongIn(open.error);
  const change = (part: Partial<Opening>) => {
    const next = { ...opening, ...part };
    setOpening(next);
    setIsKept(keepOpening(me.id, next));
  };
  const at = steps.indexOf(step);
  const isLast = at === steps.length - 1;
  return (
    <div className={styles.page}>
      <div className={styles.inside}>
        <h1>{say.title}</h1>
        <ol className={styles.steps}>
          {steps.map((one) => {
            const isWrong = wrong.some(({ path }) => stepOf(path) === one);
            return (
              <li key={one}>
                <button
                  type="button"
                  className={styles.step}
                  aria-current={one === step ? 'step' : undefined}
                  onClick={() => setStep(one)}
                >
                  {say.steps[one]}
                  {isWrong && <span className={styles.wrong}> ({say.notFilled.toLowerCase()})</span>}
                </button>
              </li>
            );
          })}
        </ol>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (isLast) open.mutate();
            else setStep(steps[at + 1]!);
          }}
        >
          {open.error && (
            <div role="alert" className={styles.problem}>
              <strong>{say.incomplete}.</strong> {wrong.length > 0 ? say.incompleteWhy : whyNot(open.error, words)}
            </div>
          )}
          <div>
            <p className={styles.count}>{say.step(at + 1, steps.length)}</p>
            <h2 ref={heading} tabIndex={-1}>
              {step === 'check' ? say.check : say.steps[step]}
            </h2>
          </div>
          <OpeningStep
            step={step}
            opening={opening}
            problems={Object.fromEntries(wrong.map(({ path, message }) => [path, message]))}
            onChange={change}
            onStep={setStep}
          />
          <p className={styles.buttons}>
            <button type="submit" className="button primary" disabled={open.isPending}>
              {isLast ? (open.isPending ? say.sending : say.send) : say.next}
            </button>
            {at > 0 && (
              <button type="button" className="button" onClick={() => setStep(steps[at - 1]!)}>
                {say.back}
              </button>
            )}
            <button
              type="button"
              className={`link ${styles.over}`}
              onClick={() => {
                open.reset();
                setOpening(emptyOpening(me));
                keepOpening(me.id, null);
                setStep('kind');
              }}
            >
              {say.startOver}
            </button>
          </p>
          <p className={styles.kept}>{isKept ? say.kept : say.notKept}</p>
        </form>
      </div>
    </div>
  );
}

/** What is missing of a circle, by the name of the part; a name that is taken is wrong with the name. */
function wrongIn(error: Error | null): { path: string; message: string }[] {
  if (!(error instanceof RefusedError)) return [];
  if (error.code === 'circle_name_taken') return [{ path: 'name', message: `${error.message} ${error.detail ?? ''}` }];
  return error.errors;
}
