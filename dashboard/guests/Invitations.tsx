import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import { dayIn } from '#domain/period.ts';
import { RefusedError } from '../api.ts';
import { confirmAuthor, fetchInvitations, type Invitation, revokeInvitation } from '../api-guests.ts';
import { dayName } from '../figures/days.ts';
import { Message } from '../frame/Message.tsx';
import { type Notice, NoticeBar } from '../frame/NoticeBar.tsx';
import { streamAddress } from '../place.ts';
import { useSession } from '../session.ts';
import { Confirm } from '../topics/Confirm.tsx';
import { useSpoken, useWords } from '../words/Worded.tsx';
import styles from './Invitations.module.css';

/** Who was invited into a circle and what became of it, for its hosts. */
export function Invitations({ circleId }: { circleId: string }) {
  const { guests, stream } = useWords();
  const titleId = useId();
  const [notice, setNotice] = useState<Notice | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['invitations', circleId],
    queryFn: ({ signal }) => fetchInvitations(circleId, signal),
  });
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId}>{guests.invitations}</h2>
      {data?.length === 0 && <p className={styles.none}>{guests.noInvitations}</p>}
      {data && data.length > 0 && (
        <ul className={styles.list}>
          {data.map((invitation) => (
            <InvitationRow key={invitation.id} circleId={circleId} invitation={invitation} onNotice={setNotice} />
          ))}
        </ul>
      )}
      {!data && error && (
        <Message
          title={guests.failed}
          level={2}
          urgent
          action={{ label: stream.retry, onClick: () => void refetch().catch(() => undefined) }}
        >
          {error instanceof RefusedError ? error.detail : null}
        </Message>
      )}
      <NoticeBar notice={notice} onDone={() => setNotice(null)} />
    </section>
  );
}

type Row = { circleId: string; invitation: Invitation; onNotice: (notice: Notice) => void };

function InvitationRow({ circleId, invitation, onNotice }: Row) {
  const { words, language } = useSpoken();
  const { guests, relations } = words;
  const { data: session } = useSession();
  const [isRevoking, setIsRevoking] = useState(false);
  const client = useQueryClient();
  const told = () =>
    Promise.all(
      [['invitations', circleId], ['circle'], ['circles'], ['thread']].map((queryKey) =>
        client.invalidateQueries({ queryKey }).catch(() => undefined),
      ),
    );
  const { name, state, usedBy, inside, author, mention } = invitation;
  const who = usedBy?.name ?? name;
  const confirming = useMutation({
    mutationFn: () => confirmAuthor(circleId, { mention: mention?.id ?? '', person: usedBy?.id ?? '' }),
    onSuccess: async () => {
      await told();
      onNotice({ says: guests.authorConfirmed(who) });
    },
    onError: (error) =>
      onNotice({ says: error instanceof RefusedError && error.code ? error.message : words.people.notDone }),
  });
  const timeZone = session?.timeZone ?? 'UTC';
  const today = dayIn(new Date(), timeZone);
  const day = (at: string) => dayName(dayIn(new Date(at), timeZone), language, today);
  const until = dayName(invitation.until, language, today);
  return (
    <li className={styles.row}>
      <div>
        <p>
          <strong dir="auto">{who}</strong> <span className={styles.badge}>{relations.now[invitation.relation]}</span>
        </p>
        <p>
          {state === 'waiting' && guests.waits(day(invitation.expiresAt), until)}
          {state === 'used' && inside && guests.isInside(invitation.usedAt ? day(invitation.usedAt) : '', until)}
          {state === 'used' && !inside && guests.wasInside}
          {state === 'expired' && guests.isExpired}
          {state === 'revoked' && guests.isRevoked}
        </p>
        <p className={styles.why}>
          {guests.invitedBy(invitation.madeBy.name, day(invitation.madeAt))}{' '}
          <span dir="auto">“{invitation.reason}”</span>
        </p>
        {mention && (
          <p className={styles.why}>
            {author === 'confirmed'
              ? guests.isAuthor(who)
              : author === 'claimed'
                ? guests.saysAuthor(who)
                : guests.asAuthor}{' '}
            <Link href={streamAddress({}, mention.threadId)}>{guests.toThread}</Link>
          </p>
        )}
      </div>
      <div className={styles.acts}>
        {author === 'claimed' && inside && (
          <button type="button" className="button" disabled={confirming.isPending} onClick={() => confirming.mutate()}>
            {guests.confirmAuthor}
          </button>
        )}
        {(state === 'waiting' || (state === 'used' && inside)) && (
          <button type="button" className="button" onClick={() => setIsRevoking(true)}>
            {state === 'waiting' ? guests.revoke : guests.letOut}
          </button>
        )}
      </div>
      {isRevoking && (
        <Confirm
          title={state === 'waiting' ? guests.revokeTitle(name) : guests.letOutTitle(who)}
          why={state === 'waiting' ? guests.revokeWhy : guests.letOutWhy(who)}
          does={state === 'waiting' ? guests.revoke : guests.letOut}
          isDangerous
          onClose={() => setIsRevoking(false)}
          onDo={async () => {
            await revokeInvitation(invitation.id);
            await told();
            setIsRevoking(false);
            onNotice({ says: state === 'waiting' ? guests.revoked(name) : guests.letOutDone(who) });
          }}
        />
      )}
    </li>
  );
}
