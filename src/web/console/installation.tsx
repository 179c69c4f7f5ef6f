import { queryOptions, useQuery } from '@tanstack/react-query';
import { getInstallation } from '../../modules/onestop/portal/contract.ts';
import { Banner } from '../shared/design/banner.tsx';
import { call } from './api.ts';

const installationQuery = queryOptions({
  queryKey: ['installation'],
  queryFn: () => call(getInstallation, {}, { askSignIn: false }),
  staleTime: 5 * 60_000,
});

/** Name of the authority, era and banners of this installation; undefined until known. */
export function useInstallation() {
  return useQuery(installationQuery).data;
}

/** Strips on top: demo, training, era, planned work. */
export function InstallationBanners() {
  const site = useInstallation();
  return (site?.banners ?? []).map((banner) => <Banner key={banner.word + banner.text} {...banner} />);
}
