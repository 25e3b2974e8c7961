package dev.reprise.store;

import dev.reprise.identity.RunnerId;
import java.time.Instant;

/**
 * A runner as the store knows it.
 *
 * @param id its incarnation
 * @param name for people: the host's or the process's name
 * @param alive whether it counts as alive
 * @param startedAt when it registered, by the store's clock
 * @param beatAt its latest beat that is written down, by the store's clock; a store that sees by other signs who lives
 *     writes few of them
 * @param running how many tasks it has
 */
public record RunnerRow(RunnerId id, String name, boolean alive, Instant startedAt, Instant beatAt, int running) {}
