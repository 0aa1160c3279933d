import { useEffect, useState } from 'react';

/** A value once it stayed the same for a while, so that not every letter is asked for. */
export function useSettled<T>(value: T, afterMs = 200): T {
  const said = JSON.stringify(value);
  const [settled, setSettled] = useState(said);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(said), afterMs);
    return () => clearTimeout(timer);
  }, [said, afterMs]);
  return JSON.parse(settled) as T;
}
