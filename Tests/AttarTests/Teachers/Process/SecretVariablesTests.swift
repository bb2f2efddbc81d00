import Attar
import Testing

struct SecretVariablesTests {
    @Test func `Variables with keys are told by their names, but for those that are wanted`() {
        let environment = Dictionary(
            uniqueKeysWithValues: [
                "OPENAI_API_KEY", "ATTAR_API_KEY", "HF_TOKEN", "AWS_SECRET_ACCESS_KEY", "aws_secret_access_key",
                "TOKEN", "db_password", "AWS_ACCESS_KEY_ID", "GOOGLE_APPLICATION_CREDENTIALS", "AZURE_STORAGE_KEY",
                "KEY",
                "OPENAI_APIKEY",
                "PATH", "HOME", "TOKENIZERS_PARALLELISM", "SSH_AUTH_SOCK", "MONKEY", "KEYBOARD", "KEY_IDEA",
                "OMP_NUM_THREADS",
                "XTOKENS",
            ].map { ($0, "x") })
        #expect(
            SecretVariables.names(in: environment, except: ["HF_TOKEN"]) == [
                "ATTAR_API_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AZURE_STORAGE_KEY",
                "GOOGLE_APPLICATION_CREDENTIALS", "KEY", "OPENAI_APIKEY", "OPENAI_API_KEY", "TOKEN",
                "aws_secret_access_key", "db_password",
            ])
    }

    @Test func `A name of a variable is what stands between the blanks`() {
        var settings = TeacherSettings()
        settings.keyVariable = " HF_TOKEN "
        #expect(settings.keyVariable == "HF_TOKEN")
        settings.keyVariable = nil
        #expect(settings.keyVariable == nil)
    }

    @Test func `Servers and programs share the option, and help lists it once`() {
        #expect(TeacherKind.command.options == [.keyVariable] && TeacherKind.url.options.contains(.keyVariable))
        #expect(Catalogue.standard.teacherOptions.count { $0 == .keyVariable } == 1)
    }
}
