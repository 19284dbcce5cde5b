export interface Config {
  understanding?: {
    alerts?: {
      /**
       * Receivers of alerts, by the name that a Group's annotation
       * `understanding.dev/channels: webhook:<name>` uses.
       */
      webhooks?: {
        [name: string]: {
          /**
           * Where alerts are posted. Such addresses often contain a token.
           * @visibility secret
           */
          url: string;
          /**
           * Signs alerts as Standard Webhooks 1.0 says: `whsec_` and base64 of 24 to
           * 64 bytes. Without it, alerts are not signed.
           * @visibility secret
           */
          secret?: string;
        };
      };
    };
  };
}
