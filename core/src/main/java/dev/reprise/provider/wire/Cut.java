package dev.reprise.provider.wire;

import dev.reprise.failure.FailureKind;

/**
 * What ended an exchange before its answer was whole.
 *
 * @param kind {@code CANCELLED}, {@code TIMEOUT}, {@code NETWORK}, or {@code UNPARSEABLE} for an endless body
 * @param message what happened, without secrets
 */
public record Cut(FailureKind kind, String message) {}
