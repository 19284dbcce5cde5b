import { usePermission } from '@backstage/plugin-permission-react';
import { understandingExplanationAssessPermission } from '@understanding-dev/backstage-plugin-understanding-common';

/** Whether the reader may assess something, and in words why not. */
export function useAssessing(options: {
  hadPart: boolean;
  isWritten: boolean;
}): { isKnown: boolean; whyNot?: string } {
  const { hadPart, isWritten } = options;
  const { allowed, loading } = usePermission({
    permission: understandingExplanationAssessPermission,
  });
  if (!isWritten) {
    return {
      isKnown: true,
      whyNot: 'There is no whole explanation to assess yet.',
    };
  }
  if (hadPart) {
    return {
      isKnown: true,
      whyNot: 'You had a part in it; somebody else has to assess it.',
    };
  }
  return {
    isKnown: !loading,
    whyNot: allowed
      ? undefined
      : 'You lack the permission understanding.explanation.assess; ask whoever runs this Backstage.',
  };
}
