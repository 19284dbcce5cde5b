export interface Config {
  understanding?: {
    /**
     * Takes deliveries of GitHub, and asks it. Instances, Apps and tokens are those of
     * `integrations.github`. Where this is absent, GitHub is left alone.
     */
    github?: {
      /**
       * Secrets that GitHub signs its deliveries with, of 16 characters or more. All are
       * tried, beside the `webhookSecret` of each App in `integrations.github`.
       * @visibility secret
       */
      webhookSecrets?: string[];
      /**
       * Takes any delivery where no secret is configured, so that anybody can forge one.
       * Otherwise the back end does not start without a secret. Defaults to false.
       */
      dangerouslyAllowUnsigned?: boolean;
    };
  };
}
