import { useState } from 'react';

/** Runs what saves something, and keeps its failure until the next try. */
export function useSaving() {
  const [error, setError] = useState<Error>();
  const [isSaving, setSaving] = useState(false);
  async function save(run: () => Promise<void>): Promise<void> {
    setSaving(true);
    setError(undefined);
    try {
      await run();
    } catch (failure) {
      setError(failure as Error);
    } finally {
      setSaving(false);
    }
  }
  return { save, isSaving, error };
}
