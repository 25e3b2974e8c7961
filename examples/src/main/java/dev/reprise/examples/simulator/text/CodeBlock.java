package dev.reprise.examples.simulator.text;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A fenced block of animation code made from a brief; each shape of text moves its picture in its own way. */
final class CodeBlock {

    private static final String SOURCE = """
            ```tsx
            import { AbsoluteFill, interpolate, spring, useCurrentFrame } from 'remotion';

            export const fps = %d;
            export const durationInFrames = %d;
            export const width = %d;
            export const height = %d;

            const palette = ['%s', '%s', '%s'];
            const lines = [
            %s
            ];

            export const %s = () => {
              const frame = useCurrentFrame();
              const progress = interpolate(frame, [0, durationInFrames - 1], [0, 1]);
            %s
              return (
                <AbsoluteFill style={{ background: palette[0], color: palette[2], justifyContent: 'center' }}>
                  <h1 style={{ color: palette[1], ...motion }}>{'%s'}</h1>
                  <p>{lines[Math.min(lines.length - 1, Math.floor(progress * lines.length))]}</p>
                </AbsoluteFill>
              );
            };
            ```""";

    private CodeBlock() {}

    static String write(CodeRequest request, Brief brief, Shape shape) {
        String lines = brief.facts().stream()
                .map(fact -> "  '" + quoted(fact.labelled() ? fact.label() + ": " + fact.text() : fact.text()) + "',")
                .collect(Collectors.joining("\n"));
        Palette palette = Palette.at(shape.place());
        return SOURCE.formatted(
                request.fps(),
                request.durationInFrames(),
                request.width(),
                request.height(),
                palette.ground(),
                palette.accent(),
                palette.ink(),
                lines,
                component(brief.title()),
                "  " + motion(shape),
                quoted(brief.title()));
    }

    private static String motion(Shape shape) {
        return switch (shape) {
            case NARRATIVE -> "const motion = { opacity: progress };";
            case FAQ -> "const motion = { transform: `scale(${spring({ frame, fps })})` };";
            case FACT_SHEET -> "const motion = { transform: `translateX(${(1 - progress) * width}px)` };";
            case TIMELINE -> "const motion = { width: `${progress * 100}%`, overflow: 'hidden' };";
            case LETTER -> "const motion = { transform: `rotate(${progress * 360}deg)` };";
            case TABLE -> "const motion = { transform: `translateY(${Math.sin(progress * Math.PI) * -200}px)` };";
        };
    }

    private static String component(String title) {
        String name = Arrays.stream(title.split("[^A-Za-z0-9]+"))
                .map(Sentences::capitalised)
                .collect(Collectors.joining())
                .replaceAll("^\\d+", "");
        return name.isEmpty() ? "Scene" : name;
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }
}
