import { STATUSES } from '../../../../modules/onestop/dossiers/rules/status.ts';
import { TextField } from '../../../shared/design/field.tsx';
import { useTranslate } from '../../../shared/i18n/context.tsx';
import { Select } from '../../ui/select.tsx';

type Filters = Readonly<Record<string, string | undefined>>;

const CHANNELS = ['desk', 'online', 'post'] as const;

/** A channel out of an address, or undefined. */
export function channelOf(text: string | undefined): (typeof CHANNELS)[number] | undefined {
  return CHANNELS.find((channel) => channel === text);
}

/** Status, channel and procedure code: filters of every list of dossiers. */
export function CommonFilters({ filters, set }: { filters: Filters; set: (change: Filters) => void }) {
  const t = useTranslate();
  const statuses = Object.entries(STATUSES).map(([value, { name }]) => ({ value, label: name }));
  const channels = CHANNELS.map((value) => ({ value, label: t(`console.channel.${value}`) }));
  return (
    <>
      <Select
        id="filter-status"
        label={t('console.list.status')}
        value={filters['trang-thai'] ?? ''}
        onChange={(value) => set({ 'trang-thai': value })}
        options={statuses}
        empty={t('console.all')}
      />
      <Select
        id="filter-channel"
        label={t('console.list.channel')}
        value={filters.kenh ?? ''}
        onChange={(value) => set({ kenh: value })}
        options={channels}
        empty={t('console.all')}
      />
      <TextField
        id="filter-procedure"
        label={t('console.list.procedure-code')}
        short
        placeholder="1.004873"
        defaultValue={filters['thu-tuc'] ?? ''}
        onBlur={(event) => set({ 'thu-tuc': event.currentTarget.value.trim() })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') set({ 'thu-tuc': event.currentTarget.value.trim() });
        }}
      />
    </>
  );
}
