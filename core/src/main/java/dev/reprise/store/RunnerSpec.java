package dev.reprise.store;

import java.time.Duration;

/**
 * How a runner wants to be kept.
 *
 * @param name for people: the host's or the process's name
 * @param lease how long it counts as alive after a beat
 * @param crashCap how many runners may die on a task before it fails, at least 1
 */
public record RunnerSpec(String name, Duration lease, int crashCap) {}
