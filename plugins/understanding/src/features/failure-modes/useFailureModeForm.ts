import {
  Condition,
  Edge,
  FailureMode,
  FailureModeContent,
  UnderstandingApi,
  failureModeSchema,
  failureModeTemplates,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { useState } from 'react';
import { useSaving } from './useSaving';

/** What stands in the fields; one link at a time is added to those that are there. */
type Draft = FailureModeContent & { link: string; linkTitle: string };

/** The state of the form: what is written, the template that asks, and conflicts. */
export function useFailureModeForm(options: {
  api: UnderstandingApi;
  entityRef: string;
  edges: readonly Edge[];
  mode?: FailureMode;
  about?: { targetRef: string; condition: Condition };
  onSaved: () => void;
}) {
  const { about, api, edges, entityRef, mode, onSaved } = options;
  const edgeTo = (targetRef: string): FailureModeContent['edge'] => {
    const edge = edges.find(one => one.targetRef === targetRef);
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
  const [version, setVersion] = useState(mode?.version);
  const [templateId, setTemplateId] = useState(() =>
    about
      ? failureModeTemplates.find(one => one.condition === about.condition)?.id
      : undefined,
  );
  const { error, isSaving, save } = useSaving();
  const [dismissed, setDismissed] = useState<Error>();
  const conflict = error === dismissed ? undefined : conflictOf(error);
  const content = contentOf(draft);

  const submitAs = (as: number | undefined) =>
    save(async () => {
      if (mode && as !== undefined) {
        await api.updateFailureMode(mode.id, as, content);
      } else {
        await api.createFailureMode(content);
      }
      onSaved();
    });
  return {
    draft,
    content,
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
    error,
    isSaving,
    conflict,
    submit: () => submitAs(version),
    keepMine: () => {
      setDismissed(error);
      setVersion(conflict?.version);
      return submitAs(conflict?.version);
    },
    takeTheirs: () => {
      if (conflict) {
        setDraft(draftOf(conflict));
        setVersion(conflict.version);
      }
      setDismissed(error);
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

/** The version that somebody else saved meanwhile, from the answer to a conflict. */
function conflictOf(error: Error | undefined): FailureMode | undefined {
  const { body } = (error ?? {}) as {
    body?: { error?: { current?: unknown } };
  };
  const parsed = failureModeSchema.safeParse(body?.error?.current);
  return parsed.success ? parsed.data : undefined;
}
