import { useMutation } from '@tanstack/react-query';
import { type Apply, changeTopic, makeTopic, saveVersion, type Topic } from '../api-topics.ts';
import { changedSettings, changesOf, isAskingElse, type TopicDraft } from './kept-topic.ts';
import { useTopicChanged } from './queries.ts';

/**
 * Saves what was changed: a new topic as a draft; of one there is first why it is there, then what it asks as its next
 * version, so that a version that a colleague was first with leaves the rest saved.
 */
export function useSaving(topic: Topic | null, onSaved: (saved: Topic, draft: TopicDraft) => void) {
  const changed = useTopicChanged();
  return useMutation({
    mutationFn: async ({ draft, saved, apply }: { draft: TopicDraft; saved: TopicDraft; apply: Apply }) => {
      if (topic === null) return await makeTopic(newTopicOf(draft));
      const settings = changedSettings(draft, saved);
      let now = topic;
      if (Object.keys(settings).length > 0) {
        now = await changeTopic(topic.id, settings);
        changed(now);
      }
      if (!isAskingElse(changesOf(draft, saved), saved)) return now;
      const { base, query, sources, note } = draft;
      const how = topic.state === 'active' ? apply : ({ from: 'now' } as const);
      return await saveVersion(topic.id, { after: base, apply: how, query, sources, ...(note.trim() ? { note } : {}) });
    },
    onSuccess: (now, { draft }) => {
      changed(now);
      onSaved(now, draft);
    },
  });
}

function newTopicOf({ base: _, query, note, ...rest }: TopicDraft) {
  return { ...rest, ...(query.trim() ? { query } : {}), ...(note.trim() ? { note } : {}) };
}
