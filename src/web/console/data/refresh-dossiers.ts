import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { countInbox, getDossier, listDossiers, listInbox } from '../../../modules/onestop/dossiers/contract.ts';

/** Everything read about dossiers is old after an act on one of them. */
export function useRefreshDossiers(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    for (const { id } of [listInbox, countInbox, listDossiers]) void client.invalidateQueries({ queryKey: [id] });
    await client.invalidateQueries({ queryKey: [getDossier.id] });
  }, [client]);
}
