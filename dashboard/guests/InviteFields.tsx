import { outsiderRelations } from '#domain/relation.ts';
import type { NewInvitation } from '../api-guests.ts';
import { Field } from '../frame/Field.tsx';
import { Select } from '../frame/Select.tsx';
import { TextField } from '../frame/TextField.tsx';
import { useToday } from '../today.ts';
import { useWords } from '../words/Worded.tsx';
import { LastDayField } from './LastDayField.tsx';

/** Who is invited, as what, why, and until when: what every invitation says. */
export function InviteFields({ problems, name }: { problems: Record<string, string>; name?: string | undefined }) {
  const { guests, relations } = useWords();
  const today = useToday();
  return (
    <>
      <Field
        label={guests.name}
        hint={guests.nameWhy}
        name="name"
        autoComplete="off"
        maxLength={100}
        required
        defaultValue={name}
        problem={problems.name}
      />
      <Select
        label={guests.relation}
        name="relation"
        options={outsiderRelations.map((kind) => [kind, relations.now[kind]] as const)}
        defaultValue="customer"
        problem={problems.relation}
      />
      <TextField
        label={guests.reason}
        hint={guests.reasonWhy}
        name="reason"
        rows={2}
        maxLength={500}
        required
        problem={problems.reason}
      />
      <LastDayField today={today} problem={problems.until} />
    </>
  );
}

/** What stands in these fields. */
export function invitationIn(form: FormData): NewInvitation {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return {
    name: text('name'),
    relation: text('relation') as NewInvitation['relation'],
    reason: text('reason'),
    until: text('until'),
  };
}
