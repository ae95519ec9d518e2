package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.runtime.config.OptionDescription;
import io.uad.runtime.plugin.LoadFailure;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.runtime.plugin.Spelling;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad plugins}. */
@Command(
        name = "plugins",
        description = "Show what is installed and what it can be told; check, install, remove and begin plugins.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad plugins list",
            "  uad plugins describe kmeans",
            "  uad plugins verify my-clustering-1.0.jar",
            "  uad plugins install my-clustering-1.0.jar",
            "  uad plugins new clustering my-clustering",
        },
        subcommands = {
            PluginsCommand.ListCommand.class,
            PluginsCommand.DescribeCommand.class,
            PluginVerifyCommand.class,
            PluginInstallCommand.class,
            PluginRemoveCommand.class,
            PluginNewCommand.class,
        })
final class PluginsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Name a command: list, describe, verify, install, remove or new.");
    }

    /** {@code uad plugins list}. */
    @Command(
            name = "list",
            description = "List every component by stage and name, where it comes from, and what cannot be used.",
            footerHeading = "%nExamples:%n",
            footer = {"  uad plugins list", "  uad plugins list --json"})
    static final class ListCommand implements Runnable {
        private final Environment environment;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        ListCommand(Environment environment) {
            this.environment = environment;
        }

        @Override
        public void run() {
            try (environment) {
                list();
            }
        }

        private void list() {
            var out = spec.commandLine().getOut();
            var registry = environment.registry();
            if (json) {
                var entries = new ArrayList<Map<String, Object>>();
                registry.components().forEach(component -> entries.add(summary(component)));
                registry.conflicts().forEach((id, reason) -> entries.add(conflict(id, reason)));
                registry.failures().forEach(failure -> entries.add(failure(failure)));
                Json.print(out, entries);
            } else {
                print(out, registry.components());
            }
            warn(environment, spec);
        }

        private static void print(PrintWriter out, List<RegisteredComponent> components) {
            var rows = new ArrayList<List<String>>();
            for (var component : components) {
                rows.add(List.of(
                        component.id(),
                        component.version(),
                        String.valueOf(Path.of(component.origin()).getFileName()),
                        component.description()));
            }
            for (var row : rows) {
                var line = new StringBuilder();
                for (var column = 0; column < row.size() - 1; column++) {
                    line.append(padded(row.get(column), width(rows, column))).append("  ");
                }
                out.println(line.append(row.get(row.size() - 1)));
            }
            out.flush();
        }

        private static int width(List<List<String>> rows, int column) {
            return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
        }

        private static String padded(String text, int width) {
            return text + " ".repeat(width - text.length());
        }

        private static Map<String, Object> conflict(String id, String reason) {
            var values = new LinkedHashMap<String, Object>();
            values.put("stage", id.substring(0, id.indexOf('/')));
            values.put("name", id.substring(id.indexOf('/') + 1));
            values.put("state", "conflict");
            values.put("reason", reason);
            return values;
        }

        private static Map<String, Object> failure(LoadFailure failure) {
            var values = new LinkedHashMap<String, Object>();
            var stage = failure.stage();
            if (stage != null) {
                values.put("stage", stage.key());
            }
            values.put("state", "failed");
            values.put("reason", failure.reason());
            return values;
        }
    }

    /** {@code uad plugins describe}. */
    @Command(
            name = "describe",
            description =
                    "Describe one component: what it does, its options with types, ranges and defaults, an example.",
            footerHeading = "%nExamples:%n",
            footer = {"  uad plugins describe kmeans", "  uad plugins describe uncertainty/min-max"})
    static final class DescribeCommand implements Runnable {
        private final Environment environment;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "A name, or stage/name where several stages know it.")
        private String name = "";

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        DescribeCommand(Environment environment) {
            this.environment = environment;
        }

        @Override
        public void run() {
            try (environment) {
                describe();
            }
        }

        private void describe() {
            var out = spec.commandLine().getOut();
            var found = find(environment, name);
            if (json) {
                Json.print(out, found.stream().map(DescribeCommand::details).toList());
            } else {
                found.forEach(component -> print(out, component));
                out.flush();
            }
            warn(environment, spec);
        }

        private static List<RegisteredComponent> find(Environment environment, String name) {
            var all = environment.registry().components();
            var wanted = name.toLowerCase(Locale.ROOT);
            var found = all.stream()
                    .filter(component ->
                            component.id().equals(wanted) || component.name().equals(wanted))
                    .toList();
            if (found.isEmpty()) {
                refuseConflict(environment, wanted);
                var known = new ArrayList<String>();
                all.forEach(component -> known.addAll(List.of(component.name(), component.id())));
                throw UadException.config(
                        "no plugin brings '" + name + "'",
                        "",
                        "one of "
                                + String.join(
                                        ", ",
                                        all.stream()
                                                .map(RegisteredComponent::id)
                                                .toList()),
                        Spelling.nearest(wanted, known)
                                .map(near -> "The nearest known name is " + near)
                                .orElse("'uad plugins list' shows what each does, and which failed"));
            }
            return found;
        }

        private static void refuseConflict(Environment environment, String wanted) {
            environment.registry().conflicts().forEach((id, reason) -> {
                if (id.equals(wanted) || id.endsWith("/" + wanted)) {
                    throw new UadException(ErrorKind.PLUGIN, reason, "", "one plugin per name", "Remove one of them");
                }
            });
        }

        private static Map<String, Object> details(RegisteredComponent component) {
            var values = summary(component);
            values.put("optionsType", component.optionsType().getName());
            values.put("options", options(OptionDescription.of(component.optionsType())));
            values.put("example", ComponentExample.of(component));
            return values;
        }

        private static List<Map<String, Object>> options(List<OptionDescription> options) {
            return options.stream().map(DescribeCommand::option).toList();
        }

        private static Map<String, Object> option(OptionDescription option) {
            var values = new LinkedHashMap<String, Object>();
            values.put("key", option.key());
            values.put("expected", option.expected());
            values.put("required", option.required());
            option.defaultValue().ifPresent(value -> values.put("default", value));
            if (Double.isFinite(option.min())) {
                values.put("min", option.min());
                values.put("minExclusive", option.minExclusive());
            }
            if (Double.isFinite(option.max())) {
                values.put("max", option.max());
            }
            if (!option.choices().isEmpty()) {
                values.put("choices", option.choices());
            }
            values.put("description", option.description());
            if (!option.nested().isEmpty()) {
                values.put("options", options(option.nested()));
            }
            return values;
        }

        private static void print(PrintWriter out, RegisteredComponent component) {
            out.println(component.id() + ": " + component.description());
            out.println("version " + component.version() + ", from " + component.origin());
            out.println();
            var options = OptionDescription.of(component.optionsType());
            out.println(options.isEmpty() ? "It has no options." : "Options:");
            print(out, options, "  ");
            out.println();
            out.println("Example:");
            ComponentExample.of(component).lines().forEach(line -> out.println("  " + line));
            out.println();
        }

        private static void print(PrintWriter out, List<OptionDescription> options, String indent) {
            for (var option : options) {
                if (option.nested().isEmpty()) {
                    out.println(indent + option.key() + ": " + option.expected()
                            + option.defaultValue()
                                    .map(value -> "; default " + value)
                                    .orElse("; must be given"));
                    out.println(indent + "    " + option.description());
                } else {
                    out.println(indent + option.key() + ":");
                    out.println(indent + "    " + option.description());
                    print(out, option.nested(), indent + "  ");
                }
            }
        }
    }

    private static Map<String, Object> summary(RegisteredComponent component) {
        var values = new LinkedHashMap<String, Object>();
        values.put("stage", component.stage().key());
        values.put("name", component.name());
        values.put("description", component.description());
        values.put("version", component.version());
        values.put("origin", component.origin());
        values.put("state", "ready");
        return values;
    }

    private static void warn(Environment environment, CommandSpec spec) {
        environment.registry().warnings().forEach(warning -> Notes.print(spec, "warning: " + warning));
    }
}
