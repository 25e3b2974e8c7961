package dev.reprise.examples.simulator;

import dev.reprise.examples.simulator.text.Conversation;

/** A valid request, whatever dialect it came in. */
record Ask(String model, Conversation conversation, Limits limits, Delivery delivery) {

    /** How the answer is wanted. */
    enum Delivery {
        PLAIN,
        STREAM,
        /** A stream whose last chunk tells the usage, for the dialect where that has to be asked for. */
        STREAM_WITH_USAGE
    }

    boolean streamed() {
        return delivery != Delivery.PLAIN;
    }
}
