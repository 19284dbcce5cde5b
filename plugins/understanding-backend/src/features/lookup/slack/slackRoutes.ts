import { LoggerService } from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';
import { slackLink } from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import createError from 'http-errors';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import { BodyReader } from '../../ingest/deliveries/BodyReader';
import type { SlackService } from './SlackService';
import { isSignedBySlack } from './slackSignature';

/** A command has at most some thousand characters. */
const BODY_LIMITS = { maxBytes: 64 * 1024, maxMillis: 2000 };
/** Slack gives up after three seconds, and shows an error then. */
const ANSWER_MILLIS = 2000;
/** Requests of one source, in one minute, whose signature may be wrong. */
const FORGED = { points: 100, duration: 60 };

/** As much of the form that Slack posts as is read here. */
const commandSchema = z.object({
  user_id: z.string().regex(/^[UW][A-Z0-9]{2,20}$/),
  text: z.string().max(4000).default(''),
});

/**
 * `POST /slack/commands/who-understands`: for a slash command of a Slack app. The raw
 * bytes are read within limits of size and time, and nothing is parsed before their
 * signature is right. The answer is shown to nobody else.
 */
export function createSlackRouter(options: {
  service: SlackService;
  /** The signing secret of the app; without one, there is no such command. */
  signingSecret?: string;
  logger: LoggerService;
}): Router {
  const { service, signingSecret, logger } = options;
  const bodies = new BodyReader(BODY_LIMITS);
  const forged = new RateLimiterMemory(FORGED);
  const router = PromiseRouter();

  router.post('/slack/commands/who-understands', async (req, res) => {
    if (!signingSecret) {
      throw createError(
        404,
        'Slack is not configured here: set understanding.slack.signingSecret.',
      );
    }
    const source = req.ip ?? '';
    const { remainingPoints = 1 } = (await forged.get(source)) ?? {};
    if (remainingPoints <= 0) {
      throw createError(
        429,
        'Too many requests with a wrong signature; wait a minute.',
      );
    }
    const outcome = await bodies.read(req);
    if (outcome.type !== 'read') {
      // Whatever else is on its way is not waited for.
      res.setHeader('Connection', 'close');
      throw createError(
        outcome.type === 'busy' ? 503 : outcome.status,
        outcome.message,
      );
    }
    const { body } = outcome;
    const isSigned = isSignedBySlack(
      {
        timestamp: req.get('x-slack-request-timestamp') ?? '',
        signature: req.get('x-slack-signature') ?? '',
        body,
      },
      signingSecret,
      Date.now() / 1000,
    );
    if (!isSigned) {
      await forged.penalty(source);
      throw new AuthenticationError('The signature is not valid.');
    }
    const form = new URLSearchParams(body.toString('utf8'));
    if (form.get('ssl_check') === '1') {
      res.end();
      return;
    }
    const command = commandSchema.safeParse(Object.fromEntries(form));
    if (!command.success) {
      throw createError(400, 'This is not the form of a slash command.');
    }
    const { user_id: userId, text } = command.data;
    res.json({
      response_type: 'ephemeral',
      text: await inTime(service.answer(userId, text), text),
    });
  });
  return router;

  /** Whoever asks gets some answer, and a link in place of one that is late. */
  async function inTime(answer: Promise<string>, text: string) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>(done => {
      timer = setTimeout(
        () =>
          done(
            `This takes longer than Slack waits. ${slackLink(
              service.pageOf(text),
              'The page',
            )} answers it.`,
          ),
        ANSWER_MILLIS,
      );
    });
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      logger.error('A question from Slack was not answered', error as Error);
      return `This cannot be answered just now. ${slackLink(
        service.pageOf(text),
        'The page',
      )} may know more.`;
    } finally {
      clearTimeout(timer);
    }
  }
}
