package io.tidepole;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.tidepole", importOptions = ImportOption.DoNotIncludeTests.class)
final class RoomsTest {
    private static final String[] FEATURES = {
        "host", "rollup", "history", "prometheus", "push", "web", "telemetry", "ingest", "device", "dashboard", "bench"
    };

    @ArchTest
    static final ArchRule rooms_have_no_cycles =
            slices().matching("io.tidepole.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_vocabulary_knows_no_vertx = noClasses()
            .that()
            .resideInAnyPackage("..metric..", "..window..", "..protocol..", "..config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..");

    @ArchTest
    void feature_rooms_do_not_import_each_other(com.tngtech.archunit.core.domain.JavaClasses classes) {
        for (String room : FEATURES) {
            String[] others = java.util.Arrays.stream(FEATURES)
                    .filter(other -> !other.equals(room))
                    .map(other -> "io.tidepole." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("io.tidepole." + room + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }
}
