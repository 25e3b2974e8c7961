package dev.reprise.examples.simulator.text;

import java.util.List;

/** Three colours that go together: the ground, the accent and the ink. */
enum Palette {
    COOL("#1d3557", "#457b9d", "#f1faee"),
    WARM("#5c2a12", "#e76f51", "#fdf0d5"),
    FOREST("#1b4332", "#74c69d", "#f8f9fa"),
    NIGHT("#0b0c10", "#c5a3ff", "#f5f5f5");

    private final String ground;
    private final String accent;
    private final String ink;

    Palette(String ground, String accent, String ink) {
        this.ground = ground;
        this.accent = accent;
        this.ink = ink;
    }

    /** The palette at a place among them all, which begin anew after their end. */
    static Palette at(int place) {
        List<Palette> all = List.of(values());
        return all.get(place % all.size());
    }

    String ground() {
        return ground;
    }

    String accent() {
        return accent;
    }

    String ink() {
        return ink;
    }
}
