package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.plugin.RegisteredComponent;
import java.io.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad plugins install}. */
@Command(
        name = "install",
        description = {
            "Copy a plugin, a jar or a zip, into the folder plugins of UAD_HOME (~/.uad).",
            "Its SHA-512 is compared with the one given, or with that in FILE.sha512; without either you are asked.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad plugins install my-clustering-1.0.jar --sha512 3a7b...",
            "  uad plugins install my-clustering-1.0.zip --yes",
        })
final class PluginInstallCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The jar or zip.")
    private Path file = Path.of("");

    @Option(names = "--sha512", paramLabel = "HEX", description = "What its SHA-512 must be.")
    private @Nullable String sha512;

    @Option(names = "--yes", description = "Ask nothing: install without a checksum, replace another version.")
    private boolean yes;

    PluginInstallCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        List<RegisteredComponent> elsewhere;
        try (environment) { // a jar that is open cannot be replaced on every system
            elsewhere = environment.registry().components();
        }
        var installed =
                environment.places().store().install(file, Optional.ofNullable(sha512), elsewhere, this::consents);
        if (installed.isEmpty()) {
            Notes.print(spec, "Nothing was installed.");
            return ErrorKind.CONFIG.exitCode();
        }
        var plugin = installed.get();
        plugin.warnings().forEach(warning -> Notes.print(spec, "warning: " + warning));
        var out = spec.commandLine().getOut();
        out.println(plugin.id() + " " + plugin.version() + ": " + plugin.file());
        plugin.components().forEach(component -> out.println("  " + component));
        out.flush();
        return 0;
    }

    private boolean consents(String question) {
        return yes || answered(System.console(), question);
    }

    private static boolean answered(@Nullable Console console, String question) {
        var answer = console == null ? null : console.readLine("%s [y/N] ", question);
        if (answer == null) {
            throw UadException.config(
                    question.substring(0, question.lastIndexOf(". ")),
                    "plugins install",
                    "an answer, and there is no terminal to ask on",
                    "Give --yes to say yes to every question, or --sha512 HEX where a checksum is missing");
        }
        return answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
