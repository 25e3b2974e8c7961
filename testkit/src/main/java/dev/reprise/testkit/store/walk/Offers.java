package dev.reprise.testkit.store.walk;

/**
 * Which of its optional faces a store offers; the walk uses those that both stores offer.
 *
 * @param purging whether it can purge
 * @param queueReads whether it can tell how its queue stands
 */
record Offers(boolean purging, boolean queueReads) {

    static Offers of(Side side) {
        return new Offers(side.purging().isPresent(), side.queueReads().isPresent());
    }

    Offers and(Offers other) {
        return new Offers(purging && other.purging, queueReads && other.queueReads);
    }
}
