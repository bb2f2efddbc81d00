import Attar
import Testing
