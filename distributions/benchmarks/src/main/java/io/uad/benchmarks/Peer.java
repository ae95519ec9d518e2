package io.uad.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The Python original, if it is there. */
final class Peer {
    @Option(
            names = "--peer",
            paramLabel = "DIR",
            description = "folder with uad_reference.py, the original on PyTorch, Faiss and torchvision;"
                    + " without it only UAD is measured")
    private Path folder = Path.of("");

    @Option(names = "--python", defaultValue = "python3", description = "the Python that has its packages")
    private String python = "";

    boolean isGiven() {
        return !folder.toString().isEmpty();
    }

    /** Puts the script into a folder, and checks that the original runs. */
    void prepare(SideSettings settings) throws IOException, InterruptedException {
        if (!isGiven()) {
            return;
        }
        var script = script(settings);
        try (var in = Peer.class.getResourceAsStream("peer.py")) {
            if (in == null) {
                throw new IllegalStateException("the script is no part of this program");
            }
            Files.write(script, in.readAllBytes());
        }
        OwnProcess.run(command(List.of("nothing"), settings), this::adapt);
    }

    List<String> command(List<String> piece, SideSettings settings) {
        var command = new ArrayList<String>();
        command.addAll(List.of(python, script(settings).toString(), piece.get(0)));
        command.addAll(List.of(folder.toAbsolutePath().toString(), String.valueOf(settings.threads())));
        command.addAll(piece.subList(1, piece.size()));
        return command;
    }

    /** The original's launcher sets none of what UAD's does. */
    void adapt(ProcessBuilder process) {
        Environment.remove(process.environment());
    }

    private static Path script(SideSettings settings) {
        return settings.work().resolve("peer.py");
    }
}
