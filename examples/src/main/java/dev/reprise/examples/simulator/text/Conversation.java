package dev.reprise.examples.simulator.text;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The turns a request carries, oldest first, and the three things an author looks for in them. */
public record Conversation(List<Turn> turns) {

    public Conversation {
        turns = List.copyOf(turns);
    }

    /** What was asked for at first: the user's turns before the first answer. */
    String prompt() {
        int answer = firstAnswer();
        return users(turns.subList(0, answer < 0 ? turns.size() : answer));
    }

    /** The newest assistant text, when a user's instruction follows it: a refinement of that text is wanted. */
    Optional<String> previousText() {
        int answer = lastAnswer();
        return answer < 0 || instruction().isEmpty()
                ? Optional.empty()
                : Optional.of(turns.get(answer).text());
    }

    /** What the user said after the newest assistant text; empty when there is no such text or nothing after it. */
    String instruction() {
        int answer = lastAnswer();
        return answer < 0 ? "" : users(turns.subList(answer + 1, turns.size()));
    }

    /** Everything that can hold a hint about how to write: the system turns, then the prompt. */
    String hints() {
        String system = turns.stream()
                .filter(turn -> turn.role() == Turn.Role.SYSTEM)
                .map(Turn::text)
                .collect(Collectors.joining("\n"));
        return system + "\n" + prompt();
    }

    private int firstAnswer() {
        for (int i = 0; i < turns.size(); i++) {
            if (turns.get(i).role() == Turn.Role.ASSISTANT) {
                return i;
            }
        }
        return -1;
    }

    private int lastAnswer() {
        for (int i = turns.size() - 1; i >= 0; i--) {
            if (turns.get(i).role() == Turn.Role.ASSISTANT) {
                return i;
            }
        }
        return -1;
    }

    private static String users(List<Turn> turns) {
        return turns.stream()
                .filter(turn -> turn.role() == Turn.Role.USER)
                .map(Turn::text)
                .collect(Collectors.joining("\n"))
                .strip();
    }
}
