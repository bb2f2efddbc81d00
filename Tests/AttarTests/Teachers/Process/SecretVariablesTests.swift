import Attar
import Testing

struct SecretVariablesTests {
    @Test func `Variables with keys are told by their names, but for those that are wanted`() {
        let environment = Dictionary(
            uniqueKeysWithValues: [
                "OPENAI_API_KEY", "ATTAR_API_KEY", "HF_TOKEN", "AWS_SECRET_ACCESS_KEY", "aws_secret_access_key",
                "TOKEN", "db_password",
                "PATH", "HOME", "TOKENIZERS_PARALLELISM", "SSH_AUTH_SOCK", "MONKEY", "KEYBOARD", "OMP_NUM_THREADS",
                "XTOKENS",
            ].map { ($0, "x") })
        #expect(
            SecretVariables.names(in: environment, except: ["HF_TOKEN"]) == [
                "ATTAR_API_KEY", "AWS_SECRET_ACCESS_KEY", "OPENAI_API_KEY", "TOKEN", "aws_secret_access_key",
                "db_password",
            ])
    }
}
