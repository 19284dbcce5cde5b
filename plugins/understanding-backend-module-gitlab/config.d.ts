export interface Config {
  understanding?: {
    /**
     * Takes what GitLab tells of merge requests, on the instances that
     * `integrations.gitlab` names and with the credentials from there.
     */
    gitlab?: {
      /**
       * Secret tokens of webhooks, as GitLab sends them in `X-Gitlab-Token`; at least
       * 16 characters each. Any of them will do, so that one can follow another.
       * @visibility secret
       */
      webhookTokens?: string[];
      /**
       * Signing tokens of webhooks (GitLab 19.0 and later): `whsec_` and base64 of
       * 32 bytes. Any of them will do.
       * @visibility secret
       */
      signingTokens?: string[];
      /**
       * Takes deliveries that nobody has signed, which anybody can forge. For trials
       * alone; there may be no token beside it. Default: false.
       */
      dangerouslyAllowUnsigned?: boolean;
    };
  };
}
