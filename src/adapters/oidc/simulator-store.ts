import type { Adapter, AdapterPayload } from 'oidc-provider';

type Stored = { readonly payload: AdapterPayload; readonly endsAtMs: number };

/** What a provider remembers, in memory: a simulator forgets everything when it ends. */
export function createSimulatorStore(): (model: string) => Adapter {
  const stored = new Map<string, Stored>();
  const byUid = new Map<string, string>();
  const byGrant = new Map<string, Set<string>>();
  const find = (key: string): AdapterPayload | undefined => {
    const row = stored.get(key);
    if (row && row.endsAtMs > Date.now()) return row.payload;
    stored.delete(key);
    return undefined;
  };
  const sweep = (): void => {
    if (stored.size < 5000) return;
    for (const [key, row] of stored) if (row.endsAtMs <= Date.now()) stored.delete(key);
  };
  return (model) => ({
    async upsert(id, payload, expiresIn) {
      sweep();
      const key = `${model}:${id}`;
      stored.set(key, { payload, endsAtMs: Date.now() + (expiresIn || 3600) * 1000 });
      if (payload.uid !== undefined) byUid.set(payload.uid, key);
      if (payload.grantId !== undefined) {
        const keys = byGrant.get(payload.grantId) ?? new Set();
        byGrant.set(payload.grantId, keys.add(key));
      }
    },
    async find(id) {
      return find(`${model}:${id}`);
    },
    async findByUid(uid) {
      const key = byUid.get(uid);
      return key === undefined ? undefined : find(key);
    },
    async findByUserCode() {
      return undefined;
    },
    async consume(id) {
      const payload = find(`${model}:${id}`);
      if (payload) payload['consumed'] = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      stored.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const key of byGrant.get(grantId) ?? []) stored.delete(key);
      byGrant.delete(grantId);
    },
  });
}
