import { Badge } from '@backstage/ui';
import {
  RiCheckLine,
  RiCloseCircleLine,
  RiFileForbidLine,
  RiHistoryLine,
  RiQuestionLine,
  RiTimeLine,
} from '@remixicon/react';
import { DocumentState } from '@understanding-dev/backstage-plugin-understanding-common';

const LABELS: Record<DocumentState, { text: string; icon: JSX.Element }> = {
  fresh: { text: 'Fresh', icon: <RiCheckLine aria-hidden /> },
  'changed-since': {
    text: 'Changed since',
    icon: <RiHistoryLine aria-hidden />,
  },
  contradicted: {
    text: 'Contradicted',
    icon: <RiCloseCircleLine aria-hidden />,
  },
  overdue: { text: 'Overdue', icon: <RiTimeLine aria-hidden /> },
  missing: { text: 'Missing', icon: <RiFileForbidLine aria-hidden /> },
  unknown: { text: 'Unknown', icon: <RiQuestionLine aria-hidden /> },
};

/**
 * The state of documentation, in words and with an icon.
 * @public
 */
export function DocumentStateLabel(props: { state: DocumentState }) {
  const { text, icon } = LABELS[props.state];
  return <Badge icon={icon}>{text}</Badge>;
}
