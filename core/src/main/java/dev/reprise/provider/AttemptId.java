package dev.reprise.provider;

import dev.reprise.identity.GenerationId;

/**
 * Which attempt a provider call is, for a provider that keeps a log or gives the service an idempotency key. The same in
 * the store, where the attempt's outcome is recorded under it.
 *
 * @param generation the generation
 * @param number the attempt's number, from 1; a number is used again when a claim was handed back unsent
 * @param epoch the claim's fencing number, which is never used again for this generation
 */
public record AttemptId(GenerationId generation, int number, long epoch) {}
