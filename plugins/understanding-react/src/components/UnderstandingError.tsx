import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { understandingReactTranslationRef } from '../translation';

/**
 * Says why something cannot be shown or done, and what to do.
 * @public
 */
export function UnderstandingError(props: {
  error: Error;
  /** What failed, where that is not the loading of what would stand here. */
  title?: string;
  /** Offered unless the reader lacks a permission. */
  retry?: () => void;
}) {
  const { error, title, retry } = props;
  const { t } = useTranslationRef(understandingReactTranslationRef);
  const { status, message } = readError(error);
  if (status === 403) {
    return (
      <Alert
        role="alert"
        status="warning"
        icon
        title={title ?? t('error.forbidden')}
        description={message}
      />
    );
  }
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={title ?? t('error.title')}
      description={message}
      customActions={
        retry && (
          <Button size="small" variant="secondary" onPress={retry}>
            {t('error.retry')}
          </Button>
        )
      }
    />
  );
}

/** Errors of the backend carry their own words in the body of the response. */
function readError(error: Error): { status?: number; message: string } {
  const { response, cause } = error as {
    response?: { status?: number };
    cause?: { message?: string };
  };
  return {
    status: response?.status,
    message: cause?.message ?? error.message,
  };
}
