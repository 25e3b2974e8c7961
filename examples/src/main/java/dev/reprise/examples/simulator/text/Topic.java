package dev.reprise.examples.simulator.text;

import java.util.List;

/**
 * The facts a brief lists under one heading.
 *
 * @param heading the heading; empty for facts that stand before any
 */
record Topic(String heading, List<Fact> facts) {

    Topic {
        facts = List.copyOf(facts);
    }

    String headingOr(String other) {
        return heading.isEmpty() ? other : heading;
    }
}
