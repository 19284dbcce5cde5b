import { useApi } from '@backstage/core-plugin-api';
import { Skeleton } from '@backstage/ui';
import {
  UnderstandingError,
  understandingApiRef,
} from '@understanding-dev/backstage-plugin-understanding-react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Section } from '../../components/Section';
import { Helped } from './Helped';

/** Whether a record helped its readers. */
export function ReadingSection(props: { id: string }) {
  const { id } = props;
  const api = useApi(understandingApiRef);
  const { error, retry, value } = useAsyncRetry(
    () => api.getReadings(id),
    [api, id],
  );
  return (
    <Section title="Did it help?">
      {error && <UnderstandingError error={error} retry={retry} />}
      {!value && !error && <Skeleton width="100%" height={36} />}
      {value && (
        <Helped
          readings={value}
          say={async helped => {
            await api.readExplanation(id, helped);
            retry();
          }}
        />
      )}
    </Section>
  );
}
