import { useRouteRef } from '@backstage/core-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Flex, Text } from '@backstage/ui';
import {
  Background,
  Controls,
  Edge,
  Handle,
  MarkerType,
  Node,
  NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { RiCheckLine, RiQuestionLine } from '@remixicon/react';
import { useMemo } from 'react';
import { Link } from 'react-router-dom';
import { PLANES } from '../failure-modes/words';
import styles from './GraphView.module.css';
import { Drawing, DrawnNode } from './layout';

type EntityNode = Node<{ node: DrawnNode; path: string }, 'entity'>;

/** A box: what it is called, its plane and its answers in words, and the way to its page. */
function EntityBox(props: NodeProps<EntityNode>) {
  const { node, path } = props.data;
  return (
    <div
      className={[
        node.isRoot ? styles.root : styles.box,
        node.answers && !node.answers.isComplete ? styles.open : '',
      ].join(' ')}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Link to={path} className={styles.title} title={node.entityRef}>
        {node.title}
      </Link>
      {node.plane && (
        <span className={styles.plane}>{PLANES[node.plane]} plane</span>
      )}
      {node.answers && (
        <span className={styles.answers}>
          {node.answers.isComplete ? (
            <RiCheckLine size={16} aria-hidden />
          ) : (
            <RiQuestionLine size={16} aria-hidden />
          )}
          {node.answers.text}
        </span>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}

const NODE_TYPES = { entity: EntityBox };

/**
 * Draws entities and their dependencies. Lines are solid where HARD and dashed
 * otherwise, and say so in words as well as how far they are answered. Boxes say it, too,
 * and have a broken frame where an answer is missing.
 */
export function GraphView(props: Drawing & { label: string }) {
  const { edges, label, leftOut, nodes } = props;
  const entityPath = useRouteRef(entityRouteRef);
  const flowNodes = useMemo(
    () =>
      nodes.map((node): EntityNode => {
        const { kind, name, namespace } = parseEntityRef(node.entityRef);
        return {
          id: node.entityRef,
          type: 'entity',
          position: { x: node.x, y: node.y },
          data: {
            node,
            path: `${entityPath({ kind, name, namespace })}/failure-modes`,
          },
          // The link inside is what the keyboard reaches.
          focusable: false,
        };
      }),
    [nodes, entityPath],
  );
  const flowEdges = useMemo(
    () =>
      edges.map(
        (edge): Edge => ({
          id: `${edge.sourceRef} ${edge.targetRef}`,
          source: edge.sourceRef,
          target: edge.targetRef,
          label: edge.label,
          focusable: false,
          style: edge.isHard
            ? { strokeWidth: 2 }
            : { strokeWidth: 1, strokeDasharray: '6 4' },
          markerEnd: { type: MarkerType.ArrowClosed },
        }),
      ),
    [edges],
  );
  return (
    <Flex direction="column" gap="2">
      <div role="group" aria-label={label} className={styles.graph}>
        <ReactFlow
          nodes={flowNodes}
          edges={flowEdges}
          nodeTypes={NODE_TYPES}
          nodesConnectable={false}
          nodesDraggable={false}
          edgesFocusable={false}
          onlyRenderVisibleElements
          fitView
          minZoom={0.05}
          preventScrolling={false}
        >
          <Background />
          <Controls showInteractive={false} />
        </ReactFlow>
      </div>
      <Text variant="body-small">
        {nodes.length} entities and {edges.length} dependencies; arrows lead
        from who depends. Solid: HARD; dashed: SOFT or unclassified. A box with
        a broken frame has dependencies without an answer.
        {leftOut.length > 0 && ` Left out: ${leftOut.join('; ')}.`}
      </Text>
    </Flex>
  );
}
