package dev.reprise.examples.simulator.text;

import java.util.List;

/** What a prompt says, apart from what it asks for: a title and facts, grouped as the prompt grouped them. */
record Brief(String title, List<Topic> topics) {

    Brief {
        topics = List.copyOf(topics);
    }

    List<Fact> facts() {
        return topics.stream().flatMap(topic -> topic.facts().stream()).toList();
    }

    /** The facts that share a word of four letters or more with a phrase. */
    List<Fact> factsAbout(String phrase) {
        List<String> words = Words.of(phrase);
        return facts().stream()
                .filter(fact -> Words.of(fact.label() + " " + fact.text()).stream()
                        .anyMatch(word -> words.stream().anyMatch(other -> Words.alike(word, other))))
                .toList();
    }
}
