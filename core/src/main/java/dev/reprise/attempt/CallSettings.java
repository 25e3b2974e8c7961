package dev.reprise.attempt;

import dev.reprise.provider.Diversity;
import dev.reprise.provider.Guard;
import java.time.Duration;

/**
 * How calls are made.
 *
 * @param diversity how variations are told apart where the temperature cannot be sent
 * @param guard asked before each call
 * @param timeout for one call, unless its request says otherwise
 * @param idleTimeout for the silence between two events of a stream
 */
public record CallSettings(Diversity diversity, Guard guard, Duration timeout, Duration idleTimeout) {}
