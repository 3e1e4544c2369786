/**
 * Features that RabbitMQ 4.3 calls deprecated, and the words in which its log warns of them.
 *
 * A transient queue that is not exclusive still works. A global prefetch does not: RabbitMQ takes it as one per consumer.
 */

const WARNINGS = {
  transient_nonexcl_queues:
    "By default, this feature can still be used for now. Its use will not be permitted by default in a future minor " +
    "RabbitMQ version and the feature will be removed from a future major RabbitMQ version; actual versions to be determined.",
  global_qos:
    "By default, this feature is not permitted anymore. The feature will be removed from a future major RabbitMQ version, " +
    "regardless of the configuration; actual version to be determined.",
} as const;

export class DeprecatedFeatures {
  readonly #warn: (text: string) => void;
  readonly #used = new Set<string>();

  constructor(warn: (text: string) => void) {
    this.#warn = warn;
  }

  /** Warns of a feature when it is used for the first time. */
  used(feature: keyof typeof WARNINGS): void {
    if (this.#used.has(feature)) return;
    this.#used.add(feature);
    this.#warn(
      `Deprecated features: \`${feature}\`: Feature \`${feature}\` is deprecated. ${WARNINGS[feature]}`,
    );
  }
}
