package dev.reprise.provider.wire;

import org.jspecify.annotations.Nullable;

/**
 * A parameter that a call can be made again without when the provider refuses it.
 *
 * @param name its name on the wire
 * @param replacement the name to send it under instead, or null to leave it out
 */
public record OptionalParameter(String name, @Nullable String replacement) {}
