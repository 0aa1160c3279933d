import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { makeFeed, revokeFeed, type SavedSearch } from '../api-search.ts';
import { CopyField } from '../frame/CopyField.tsx';
import { Dialog } from '../frame/Dialog.tsx';
import { FormProblem } from '../frame/FormProblem.tsx';
import type { Notice } from '../frame/NoticeBar.tsx';
import { day } from '../time.ts';
import { useSpoken } from '../words/Worded.tsx';
import styles from './SearchFeed.module.css';

/** The private address of a search for a feed reader: made once, shown once, and revoked here. */
export function SearchFeed(props: { saved: SavedSearch; onClose: () => void; onNotice: (notice: Notice) => void }) {
  const { saved, onClose, onNotice } = props;
  const { words, language } = useSpoken();
  const { search } = words;
  const client = useQueryClient();
  const lookAgain = () => void client.invalidateQueries({ queryKey: ['searches'] }).catch(() => undefined);
  const make = useMutation({ mutationFn: () => makeFeed(saved.id), onSuccess: lookAgain });
  const revoke = useMutation({
    mutationFn: () => revokeFeed(saved.id),
    onSuccess: () => {
      lookAgain();
      onNotice({ says: search.feedRevoked });
      onClose();
    },
  });
  const isFirst = saved.feed === null;
  const began = useRef(false);
  const { mutate } = make;
  // The first address is made by asking for it; a second would end the first, so that one is a choice.
  useEffect(() => {
    if (isFirst && !began.current) mutate();
    began.current = true;
  }, [isFirst, mutate]);
  return (
    <Dialog title={search.feedTitle(saved.name)} onClose={onClose}>
      <div className={styles.feed}>
        <p>{search.feedWhy}</p>
        {make.data && (
          <>
            <CopyField label={search.feedAtom} value={make.data.atom} />
            <CopyField label={search.feedJson} value={make.data.json} />
          </>
        )}
        <FormProblem error={make.error ?? revoke.error} />
        {saved.feed && !make.data && <p>{search.feedOn(day(new Date(saved.feed.madeAt), language, new Date()))}</p>}
        <p className={styles.acts}>
          {!make.data && (!isFirst || make.error) && (
            <button type="button" className="button" disabled={make.isPending} onClick={() => make.mutate()}>
              {search.feedNew}
            </button>
          )}
          {(saved.feed || make.data) && (
            <button type="button" className="button danger" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
              {search.feedRevoke}
            </button>
          )}
        </p>
      </div>
    </Dialog>
  );
}
