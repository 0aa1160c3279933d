import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { fetchTopic, fetchTopics, type Topic, type TopicRow, type TopicRun } from '../api-topics.ts';
import { useAskedAgain } from '../live-updates.ts';
import { useRight } from '../session.ts';

const askEveryMs = 5_000;
const lookAtRunEveryMs = 1_000;

/** Every topic there is; undefined until it is known, and for guests, who are told of none. */
export function useTopics() {
  const enabled = useRight('colleague');
  return useQuery({ queryKey: ['topics'], queryFn: ({ signal }) => fetchTopics(signal), enabled });
}

/** Keeps what is unread of the topics true, for who shows it all the time. */
export function useTopicsKept(): TopicRow[] | undefined {
  useAskedAgain('topics', askEveryMs);
  return useTopics().data;
}

/** One topic; while it is applied to what was there already, looked at again and again. */
export function useTopic(topicId: string) {
  const changed = useTopicChanged();
  const topic = useQuery({
    queryKey: ['topic', topicId],
    queryFn: ({ signal }) => fetchTopic(topicId, signal),
    refetchInterval: ({ state }) => (state.data?.run && isUnderWay(state.data.run) ? lookAtRunEveryMs : false),
  });
  // What a run found is in streams and figures once it is done.
  const { run = null } = topic.data ?? {};
  const isRunning = run !== null && isUnderWay(run);
  const wasRunning = useRef(isRunning);
  useEffect(() => {
    if (wasRunning.current && !isRunning) changed(null);
    wasRunning.current = isRunning;
  });
  return topic;
}

export const isUnderWay = ({ state }: TopicRun) => state === 'waiting' || state === 'running' || state === 'undoing';

/** Takes over a topic as the server answered it, and asks again what hangs on topics. */
export function useTopicChanged() {
  const client = useQueryClient();
  return (topic: Topic | null) => {
    if (topic) client.setQueryData<Topic>(['topic', topic.id], topic);
    for (const queryKey of [['topics'], ['stream'], ['figures'], ['mention-topics'], ['topic-preview']])
      void client.invalidateQueries({ queryKey }).catch(() => undefined);
  };
}
