package dev.reprise.store;

import dev.reprise.generation.Usage;

/**
 * A task without payloads: what a list shows of it.
 *
 * @param row the task
 * @param usage what all its attempts that have ended have spent
 */
public record TaskSummary(TaskRow row, Usage usage) {}
