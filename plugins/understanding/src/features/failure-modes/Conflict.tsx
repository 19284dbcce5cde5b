import { Alert, Button, Flex } from '@backstage/ui';
import {
  FailureMode,
  FailureModeContent,
  differencesBetween,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { DifferenceList } from './DifferenceList';

/** Two people changed the same: both versions, and the choice between them. */
export function Conflict(props: {
  current: FailureMode;
  mine: FailureModeContent;
  keepMine: () => void;
  takeTheirs: () => void;
}) {
  const { current, keepMine, mine, takeTheirs } = props;
  return (
    <Alert
      role="alert"
      status="warning"
      icon
      title={`Somebody else saved version ${current.version} meanwhile`}
      description={
        <DifferenceList
          differences={differencesBetween(current, mine)}
          before="Theirs"
          after="Yours"
        />
      }
      customActions={
        <Flex gap="2">
          <Button size="small" variant="secondary" onPress={takeTheirs}>
            Take theirs
          </Button>
          <Button size="small" variant="primary" onPress={keepMine}>
            Save mine upon it
          </Button>
        </Flex>
      }
    />
  );
}
