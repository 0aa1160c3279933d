import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './tokens.css';
import './base.css';
import { App } from './App.tsx';
import { RefusedError } from './api.ts';
import { lookWhoAgain } from './session.ts';
import { Worded } from './words/Worded.tsx';

// Refused for a right that the page thought was there: somebody's role changed meanwhile.
const onError = (error: Error) => {
  if (error instanceof RefusedError && error.code === 'forbidden') void lookWhoAgain(client);
};

const client = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      // The live connection says when something changed; asking at every look would only cost.
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // What was refused for a reason is refused again; no answer at all may be a hiccup.
      retry: (failures, error) => failures < 2 && !(error instanceof RefusedError && error.code !== 'unavailable'),
    },
  },
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Worded>
        <App />
      </Worded>
    </QueryClientProvider>
  </StrictMode>,
);
