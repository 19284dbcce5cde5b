import { useTranslationRef } from '@backstage/frontend-plugin-api';
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
import { understandingReactTranslationRef } from '../translation';

const ICONS: Record<DocumentState, JSX.Element> = {
  fresh: <RiCheckLine aria-hidden />,
  'changed-since': <RiHistoryLine aria-hidden />,
  contradicted: <RiCloseCircleLine aria-hidden />,
  overdue: <RiTimeLine aria-hidden />,
  missing: <RiFileForbidLine aria-hidden />,
  unknown: <RiQuestionLine aria-hidden />,
};

/**
 * The state of documentation, in words and with an icon.
 * @public
 */
export function DocumentStateLabel(props: { state: DocumentState }) {
  const { t } = useTranslationRef(understandingReactTranslationRef);
  const { state } = props;
  return <Badge icon={ICONS[state]}>{t(`documentState.${state}`)}</Badge>;
}
