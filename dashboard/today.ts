import { dayIn } from '#domain/period.ts';
import { useSession } from './session.ts';

/** Today (YYYY-MM-DD), as the installation counts days. */
export function useToday(): string {
  const { data: session } = useSession();
  return dayIn(new Date(), session?.timeZone ?? 'UTC');
}
