import Responses
