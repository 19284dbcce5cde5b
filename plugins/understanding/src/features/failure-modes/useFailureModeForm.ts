import {
  Condition,
  Edge,
  FailureMode,
  FailureModeContent,
  UnderstandingApi,
  failureModeInWords,
  failureModeSchema,
  failureModeTemplates,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { useState } from 'react';
import { useEditing } from './useEditing';

/** A dependency that a failure mode may be about; one that is proposed has no type yet. */
export type Target = Pick<Edge, 'targetRef' | 'targetTitle'> &
  Partial<Pick<Edge, 'type'>>;

/** What stands in the fields; one link at a time is added to those that are there. */
type Draft = FailureModeContent & { link: string; linkTitle: string };

/** The state of the form: what is written, the template that asks, and saving. */
export function useFailureModeForm(options: {
  api: UnderstandingApi;
  entityRef: string;
  targets: readonly Target[];
  mode?: FailureMode;
  about?: { targetRef: string; condition: Condition };
  onSaved: () => void;
}) {
  const { about, api, entityRef, mode, onSaved, targets } = options;
  const edgeTo = (targetRef: string): FailureModeContent['edge'] => {
    const edge = targets.find(one => one.targetRef === targetRef);
    return {
      type: edge?.type === 'consumesApi' ? 'consumesApi' : 'dependsOn',
      targetRef,
    };
  };
  const [draft, setDraft] = useState<Draft>(() =>
    mode
      ? draftOf(mode)
      : {
          entityRef,
          edge: about && edgeTo(about.targetRef),
          condition: about?.condition,
          plane: 'data',
          title: '',
          cause: '',
          localEffect: '',
          endEffect: '',
          observations: {
            dataLossOrCorruption: false,
            customerVisible: false,
            happenedWithinYear: false,
            needsTwoFaults: false,
          },
          link: '',
          linkTitle: '',
        },
  );
  const [templateId, setTemplateId] = useState(() =>
    about
      ? failureModeTemplates.find(one => one.condition === about.condition)?.id
      : undefined,
  );
  const content = contentOf(draft);
  const editing = useEditing({
    version: mode?.version ?? 0,
    schema: failureModeSchema,
    mine: failureModeInWords(content),
    inWords: failureModeInWords,
    take: theirs => setDraft(draftOf(theirs)),
    save: async version => {
      if (mode) {
        await api.updateFailureMode(mode.id, version, content);
      } else {
        await api.createFailureMode(content);
      }
      onSaved();
    },
  });
  return {
    draft,
    editing,
    set: (part: Partial<Draft>) => setDraft(before => ({ ...before, ...part })),
    setTarget: (targetRef: string) =>
      setDraft(before => ({
        ...before,
        edge: targetRef === 'none' ? undefined : edgeTo(targetRef),
      })),
    template: failureModeTemplates.find(one => one.id === templateId),
    /** Takes over what a template is about; the answers stay to be written. */
    useTemplate: (id: string) => {
      const template = failureModeTemplates.find(one => one.id === id);
      setTemplateId(template?.id);
      if (template) {
        setDraft(before => ({
          ...before,
          plane: template.plane,
          condition: template.condition ?? before.condition,
          title: before.title || template.title,
        }));
      }
    },
  };
}

function draftOf(mode: FailureMode): Draft {
  return {
    entityRef: mode.entityRef,
    edge: mode.edge,
    condition: mode.condition,
    plane: mode.plane,
    title: mode.title,
    cause: mode.cause,
    localEffect: mode.localEffect,
    endEffect: mode.endEffect,
    prevention: mode.prevention,
    detection: mode.detection,
    mitigation: mode.mitigation,
    recovery: mode.recovery,
    observations: mode.observations,
    evidence: mode.evidence,
    link: '',
    linkTitle: '',
  };
}

function contentOf({ link, linkTitle, ...content }: Draft): FailureModeContent {
  return link.trim()
    ? {
        ...content,
        evidence: [
          ...(content.evidence ?? []),
          { url: link.trim(), title: linkTitle.trim() || link.trim() },
        ],
      }
    : content;
}
