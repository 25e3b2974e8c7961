package dev.reprise.store;

import dev.reprise.identity.Owner;
import org.jspecify.annotations.Nullable;

/**
 * Whose rows an operation sees: one owner's, or everybody's. What is out of scope behaves as if it did not exist.
 *
 * @param owner the owner, or null for everybody's
 */
public record Scope(@Nullable Owner owner) {

    /** Everybody's rows. */
    public static final Scope ALL = new Scope(null);

    /** One owner's rows. */
    public static Scope of(Owner owner) {
        return new Scope(owner);
    }

    /** Whether an owner's row is in scope. */
    public boolean covers(Owner other) {
        return owner == null || owner.equals(other);
    }
}
