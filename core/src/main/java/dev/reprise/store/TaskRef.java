package dev.reprise.store;

import dev.reprise.identity.GenerationId;

/**
 * A task under one claim: the fence of every write of its attempt, together with the runner.
 *
 * @param id the task
 * @param epoch the claim's fencing number, from 1, growing with every claim
 */
public record TaskRef(GenerationId id, long epoch) {}
