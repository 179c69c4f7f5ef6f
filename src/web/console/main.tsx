import catalogue from 'virtual:messages/console';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { TranslateProvider } from '../shared/i18n/context.tsx';
import { createTranslator } from '../shared/i18n/translator.ts';
import { configureApi } from './api.ts';
import { ApiError } from './api-error.ts';
import { createConsoleRouter } from './router.ts';
import { askSignIn } from './sign-in-again.tsx';
import './console.css';

const t = createTranslator(catalogue);
configureApi({ askSignIn, networkText: t('console.network'), fileChangedText: t('console.file-changed') });

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // Off line a question fails and says so, instead of waiting without a word; it is asked again when the line is back.
      networkMode: 'always',
      refetchOnReconnect: true,
      // A refusal stays a refusal; only a lost line or a restart is worth another try.
      retry: (count, error) => count < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 502),
    },
  },
});
const router = createConsoleRouter(queries);

const place = document.getElementById('root');
if (place) {
  createRoot(place).render(
    <StrictMode>
      <TranslateProvider t={t}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </TranslateProvider>
    </StrictMode>,
  );
}
